import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { client } from './data/client'
import { keepDraftsSafe } from './data/draft-store'
import { followFaults, followMain } from './data/events'
import { Fault } from './fault'
import { languageOfSystem, startLanguage } from './language'
import { startTheme } from './theme'
import { TooltipProvider } from './ui/tooltip'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

startTheme()
startLanguage(languageOfSystem())
followMain()
followFaults()
keepDraftsSafe()

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <Fault>
          <App />
        </Fault>
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
)
